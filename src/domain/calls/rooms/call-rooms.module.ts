import { Module } from '@nestjs/common';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Config } from '../../../platform/config/config.js';
import { SecretBox } from '../../../platform/crypto/secret-box.js';
import { VideoModule } from '../../../platform/video/video.module.js';
import { CallRooms } from './call-rooms.service.js';
import { RoomNames } from './room-names.js';

const callTokenBox = {
  provide: SecretBox,
  useFactory: (config: Config) => new SecretBox(config.secrets.encryption, 'call tokens'),
  inject: [CONFIG],
};

@Module({ imports: [VideoModule], providers: [callTokenBox, CallRooms, RoomNames], exports: [CallRooms] })
export class CallRoomsModule {}
