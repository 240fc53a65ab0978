// npm run build: packages, Prisma client, dist/ and the web faces, as far as they are out of date.
import { build, checkNode, fail, generate, install } from './prepare.mjs';

try {
  checkNode();
  await install();
  await generate();
  await build();
  console.log('Built: dist/main.js is up to date.');
} catch (error) {
  fail(error);
}
