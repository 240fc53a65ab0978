import type { Request } from 'express';

/** Whether a request only reads: pages and files answer no other. */
export const isRead = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD';
