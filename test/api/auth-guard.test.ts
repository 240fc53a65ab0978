import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from '../../src/app.module.js';
import { CurrentActor, Donor, Public, SuperAdmin } from '../../src/domain/auth/access.decorator.js';
import type { Actor } from '../../src/domain/auth/actor.js';
import { Database } from '../../src/platform/database/database.service.js';
import { rememberSource } from '../../src/platform/http/security/request-source.js';
import { forbidden } from '../../src/platform/http/errors/domain-error.js';
import { createDonorSession, type DonorSessionFixture } from '../factories/donor-session.factory.js';
import { createStaff, type SignedInStaff } from '../factories/staff.factory.js';
import { testConfig } from '../support/app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { httpRequest } from '../support/http.js';

/** One route for each mark. */
@Controller('probe')
class ProbeController {
  @Get('public')
  @Public()
  open(@CurrentActor() actor: Actor): Actor {
    return actor;
  }

  @Get('donor')
  @Donor()
  donor(@CurrentActor() actor: Actor): Actor {
    return actor;
  }

  @Get('staff')
  staff(@CurrentActor() actor: Actor): Actor {
    return actor;
  }

  @Get('super')
  @SuperAdmin()
  super(@CurrentActor() actor: Actor): Actor {
    return actor;
  }

  @Post('refused')
  @Public()
  refused(): never {
    throw forbidden('The policy says no.');
  }
}

let app: NestExpressApplication;
let database: TestDatabase;
let admin: SignedInStaff;
let superAdmin: SignedInStaff;
let donor: DonorSessionFixture;

beforeAll(async () => {
  database = await createTestDatabase();
  @Module({ imports: [AppModule.register(testConfig(database.url))], controllers: [ProbeController] })
  class ProbeModule {}
  app = await NestFactory.create<NestExpressApplication>(ProbeModule, { logger: false });
  app.use(rememberSource);
  await app.listen(0, '127.0.0.1');
  admin = await createStaff(app);
  superAdmin = await createStaff(app, { role: 'SUPER_ADMIN' });
  donor = await createDonorSession(app, { email: 'kim@example.org', name: 'Kim' });
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

async function probe(route: string, headers: Record<string, string> = {}, method = 'GET') {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const response = await httpRequest(`http://127.0.0.1:${port}/probe/${route}`, { method, headers });
  return { status: response.status, body: await response.json() };
}

async function denials(subject: string) {
  const find = () => app.get(Database).auditEntry.findMany({ where: { action: 'access.denied', subject } });
  let rows = await find();
  // The entry is written after the answer has gone out.
  for (let tries = 0; rows.length === 0 && tries < 100; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    rows = await find();
  }
  return rows;
}

describe('the actor guard', () => {
  test('lets in whom the mark of a route names', async () => {
    const statuses: Record<string, number[]> = {};
    for (const route of ['public', 'donor', 'staff', 'super']) {
      const callers = [{}, donor.headers, admin.headers, superAdmin.headers];
      statuses[route] = await Promise.all(
        callers.map(async (headers) => (await probe(route, headers)).status),
      );
    }
    expect(statuses).toEqual({
      public: [200, 200, 200, 200],
      donor: [401, 200, 200, 200],
      staff: [401, 403, 200, 200],
      super: [401, 403, 403, 200],
    });
  });

  test('refuses a bad token even where none is needed', async () => {
    for (const token of ['garbage', `cdt_${randomBytes(32).toString('base64url')}`]) {
      expect((await probe('public', { authorization: `Bearer ${token}` })).status).toBe(401);
    }
  });

  test('says who each of them is', async () => {
    expect((await probe('public')).body).toEqual({ kind: 'link', key: 'ip:127.0.0.1', ip: '127.0.0.1' });
    expect((await probe('public', donor.headers)).body).toEqual({
      kind: 'donor',
      key: `d:${donor.sessionId}`,
      sessionId: donor.sessionId,
      tokenVersion: 0,
      donorId: donor.donorId,
      email: 'kim@example.org',
      name: 'Kim',
      ownerKey: null,
    });
    expect((await probe('public', admin.headers)).body).toEqual({
      loginId: expect.any(String),
      kind: 'staff',
      key: `u:${admin.user.id}`,
      id: admin.user.id,
      username: admin.user.username,
      name: admin.user.name,
      avatar: null,
      tokenVersion: 0,
      role: 'ADMIN',
    });
    const verified = await createDonorSession(app, { ownerKey: 'jwt:shop:kim' });
    expect((await probe('donor', verified.headers)).body).toMatchObject({
      ownerKey: 'jwt:shop:kim',
      donorId: verified.donorId,
    });
  });

  test('remembers in the audit log who was denied, by guard or by policy', async () => {
    await probe('super?secret=1', admin.headers);
    const [byGuard] = await denials('GET /probe/super');
    expect(byGuard).toMatchObject({
      actorType: 'staff',
      actorId: String(admin.user.id),
      ip: '127.0.0.1',
      via: 'http',
    });
    expect((await probe('refused', {}, 'POST')).status).toBe(403);
    const [byPolicy] = await denials('POST /probe/refused');
    expect(byPolicy).toMatchObject({ actorType: 'link', actorId: null, ip: '127.0.0.1' });
  });
});
