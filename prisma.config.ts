import { defineConfig } from 'prisma/config';

/** For Prisma's command line only, through `node scripts/prisma.mjs`; the application migrates and connects by itself. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? '' },
});
