import { DeskSessions } from '../../../services/desk/deskSessions';
import { systemRandomness } from '../../../services/randomness';
import { type DeskBrowser, DeskServer, DeskSocket } from './deskServer';

describe('somebody who is removed or has another role', () => {
  let server: DeskServer;
  let kim: DeskBrowser;
  beforeEach(async () => {
    server = await DeskServer.start();
    kim = await server.signedIn('kim');
  });
  afterEach(() => server.stop());

  /** A page of kim's that follows a conversation. */
  const reading = async () => {
    const { customer, id } = await server.waiting();
    await kim.act(id, 'claim');
    const socket = await DeskSocket.connected(kim);
    socket.send({ type: 'watch', handoffId: id, afterSeq: 0 });
    await customer.say('들려야 하는 말');
    await socket.until(() => socket.texts(id).includes('들려야 하는 말'));
    return { customer, id, socket };
  };

  it('reads no further at all on every page of the process that did it', async () => {
    const { customer, id, socket } = await reading();
    const second = await DeskSocket.connected(kim);
    const colleague = await DeskSocket.connected(await server.signedIn('lee'));
    await server.desk.accounts.remove('Kim');
    await customer.say('들리면 안 되는 말');
    expect([await socket.closed(), await second.closed()]).toEqual([4401, 4401]);
    expect(socket.texts(id)).not.toContain('들리면 안 되는 말');
    expect(colleague.closedWith).toBeUndefined();
    await colleague.end();
  });

  it('reads no further with a new one-time password, or with another role at the company’s login', async () => {
    const first = await reading();
    await server.desk.accounts.reset('kim');
    expect(await first.socket.closed()).toBe(4401);

    const { accounts } = server.desk;
    const joined = await accounts.fromOidc('park', 'issuer park', 'supervisor');
    if (joined.status !== 'known') throw new Error(joined.status);
    const clock = { now: () => server.test.nowMs };
    const { store } = server.test;
    const common = { store, accounts, clock, randomness: systemRandomness };
    const sessions = new DeskSessions({ ...common, csrfKey: Buffer.alloc(32) });
    const park = server.browser();
    park.cookie = `__Host-desk=${await sessions.open(joined.user, 'full')}`;
    const socket = await DeskSocket.connected(park);
    await accounts.fromOidc('park', 'issuer park', 'supervisor');
    await server.desk.live.heartbeat();
    expect(socket.closedWith).toBeUndefined();
    await accounts.fromOidc('park', 'issuer park', 'agent');
    expect(await socket.closed()).toBe(4401);
  });

  it('is cut off by the next look when another process did it', async () => {
    const { socket } = await reading();
    // Another object on the same store, as the command line has one.
    await server.accounts.remove('kim');
    await server.desk.live.heartbeat();
    expect(await socket.closed()).toBe(4401);
  });

  it('does not end what goes on: an authenticator app’s next code, an unknown name', async () => {
    const { socket } = await reading();
    await server.desk.accounts.change('kim', (user) => {
      if (user?.totp === undefined) throw new Error('kim has no app');
      const totp = { ...user.totp, lastStep: user.totp.lastStep + 1 };
      return { result: undefined, change: { value: { ...user, totp } } };
    });
    expect(await server.desk.accounts.remove('nobody')).toBe('unknown');
    await server.desk.live.heartbeat();
    expect(socket.closedWith).toBeUndefined();
    await socket.end();
  });
});
