import { accessSync, constants } from 'node:fs';

/** What `sslmode` may be, as PostgreSQL's own programs read it; `allow` and `prefer` protect nothing and are refused. */
const MODES = new Set(['disable', 'require', 'verify-ca', 'verify-full']);
/** What node-postgres calls `require`, in addresses that hosting providers print for it. */
const NODE_ONLY = 'no-verify';

/**
 * An address of PostgreSQL as node-postgres reads it. There `sslmode` means what it means to psql and pg_dump, which take the
 * same address: `require` encrypts, `verify-ca` and `verify-full` check the certificate against `sslrootcert`.
 * Throws with what to write instead.
 */
export function databaseAddress(text: string): string {
  if (!/^postgres(ql)?:\/\//.test(text)) throw new Error('must start with postgresql://');
  const [address = '', query = ''] = text.split('?', 2);
  const params = new URLSearchParams(query);
  const mode = params.get('sslmode');
  const root = params.get('sslrootcert');
  if (mode === null && root !== null) throw new Error('sslrootcert needs sslmode=verify-full beside it');
  if (mode === null || mode === NODE_ONLY) return text;
  if (!MODES.has(mode)) throw new Error(`sslmode must be one of ${[...MODES].join(', ')}`);
  if (mode === 'verify-ca' && root === null)
    throw new Error('sslmode=verify-ca needs sslrootcert=<file>; for a public authority write verify-full');
  // Node brings the public authorities along.
  if (root === 'system') params.delete('sslrootcert');
  else if (root !== null && mode !== 'disable') assertReadable(root);
  params.set('uselibpqcompat', 'true');
  return `${address}?${params.toString()}`;
}

function assertReadable(file: string): void {
  try {
    accessSync(file, constants.R_OK);
  } catch (error) {
    throw new Error(
      `the file ${file} of sslrootcert cannot be read (${(error as NodeJS.ErrnoException).code})`,
      {
        cause: error,
      },
    );
  }
}
