import { Global, Module } from '@nestjs/common';
import { DeskProfile } from './desk-profile.js';

@Global()
@Module({ providers: [DeskProfile], exports: [DeskProfile] })
export class DeskProfileModule {}
