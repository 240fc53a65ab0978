import type sharp from 'sharp';

let library: Promise<typeof sharp> | undefined;

/** Loaded with the first picture: a desk without any need not hold libvips in memory. Only what we let in is ever decoded. */
export function imageLibrary(): Promise<typeof sharp> {
  return (library ??= load());
}

async function load(): Promise<typeof sharp> {
  const { default: tool } = await import('sharp');
  tool.block({ operation: ['VipsForeignLoad'] });
  tool.unblock({
    operation: ['VipsForeignLoadPng', 'VipsForeignLoadJpeg', 'VipsForeignLoadNsgif', 'VipsForeignLoadWebp'],
  });
  tool.cache(false);
  return tool;
}
