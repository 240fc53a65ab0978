import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describeWith } from './needs.js';

/** Debian's is not on the path of everybody. */
export const NGINX = ['/usr/sbin/nginx', '/usr/bin/nginx'].find((file) => existsSync(file)) ?? 'nginx';

const asked = spawnSync(NGINX, ['-v'], { encoding: 'utf8' });

/** Such as 1.22.1; undefined where there is no nginx. */
export const NGINX_VERSION = asked.status === 0 ? /nginx\/([\d.]+)/.exec(asked.stderr)?.[1] : undefined;

export const describeWithNginx = describeWith(NGINX_VERSION !== undefined, 'nginx');
