import { describe, expect, it } from '@jest/globals';
import { socketEmits } from './socket-emits.js';
import { read, sourceFiles } from './sources.js';

const BROADCASTER = 'src/reactions/realtime/broadcast/broadcaster.ts';
/** The in-process bus emits inside this process only. */
const BUS = 'src/platform/events/';

describe('only the broadcaster emits to sockets', () => {
  it.each([
    ["this.server.to(room).emit('message', payload)", ["1: this.server.to(room).emit('message')"]],
    ['io.emit(name)', ['1: io.emit(name)']],
    ["\nsocket?.emitWithAck('message')", ["2: socket?.emitWithAck('message')"]],
    ["nsp.serverSideEmit('revoked')", ["1: nsp.serverSideEmit('revoked')"]],
    ["client.emit('error', { message })", []],
    ["client.emit('exception', answer)", []],
    ["ack({ ok: true }); emit('message'); // socket.emit('message')", []],
  ])('reads %j', (source, emits) => {
    expect(socketEmits('sample.ts', source)).toEqual(emits);
  });

  it('in this repository', () => {
    const offenders = sourceFiles('src', ['.ts'])
      .filter((file) => file !== BROADCASTER && !file.startsWith(BUS) && !file.endsWith('.spec.ts'))
      .flatMap((file) => socketEmits(file, read(file)).map((emit) => `${file}:${emit}`));
    expect(offenders).toEqual([]);
  });
});
