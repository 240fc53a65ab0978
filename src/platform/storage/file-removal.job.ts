import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Prisma } from '../database/generated/client.js';
import { Jobs } from '../jobs/jobs.service.js';
import { FileStorage } from './file-storage.js';

const JOB = 'storage.remove-files';

interface Removal {
  keys: string[];
}

/** Removes files whose rows are deleted: queued with the deletion, so that neither a crash nor a full disk leaves them behind. */
@Injectable()
export class FileRemoval implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly storage: FileStorage,
  ) {}

  onModuleInit(): void {
    this.jobs.define<Removal>(JOB, async ({ keys }) => {
      for (const key of keys) await this.storage.delete(key);
    });
  }

  /** Within `tx`, queues the removal of these files; nothing for none. */
  async queue(keys: string[], tx: Prisma.TransactionClient): Promise<void> {
    if (keys.length > 0) await this.jobs.send(JOB, { keys } satisfies Removal, { tx });
  }
}
