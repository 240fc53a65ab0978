import { Global, Module } from '@nestjs/common';
import { DiskStorage } from './disk-storage.provider.js';
import { FileRemoval } from './file-removal.job.js';
import { FileStorage } from './file-storage.js';

@Global()
@Module({
  providers: [{ provide: FileStorage, useClass: DiskStorage }, FileRemoval],
  exports: [FileRemoval, FileStorage],
})
export class StorageModule {}
