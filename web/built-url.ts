import type { RenderBuiltAssetUrl } from 'vite';

/**
 * Where the built files of a face find each other: its pages name them by the mark that the server replaces by the path it is
 * below, the files by where they are themselves.
 */
export const builtUrl =
  (face: string): RenderBuiltAssetUrl =>
  (file, { hostType }) =>
    hostType === 'html' ? `__BASE__/${face}/${file}` : { relative: true };
