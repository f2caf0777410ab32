import { connect, createServer, type Server, type Socket } from 'node:net';

/** Hands each connection to the next replica in turn, whatever it carries; a replica that is down is passed over. */
export class RoundRobinProxy {
  private readonly sockets = new Set<Socket>();
  private next = 0;

  private constructor(
    private readonly server: Server,
    private readonly ports: number[],
    readonly url: string,
  ) {}

  static async start(): Promise<RoundRobinProxy> {
    const ports: number[] = [];
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const proxy = new RoundRobinProxy(server, ports, `http://127.0.0.1:${address.port}`);
    server.on('connection', (client) => proxy.forward(client, ports.length));
    return proxy;
  }

  add(replicaUrl: string): void {
    this.ports.push(Number(new URL(replicaUrl).port));
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private forward(client: Socket, tries: number): void {
    const port = this.ports[this.next % this.ports.length];
    this.next += 1;
    this.keep(client);
    if (port === undefined || tries === 0) {
      client.destroy();
      return;
    }
    const replica = connect(port, '127.0.0.1');
    const refused = () => this.forward(client, tries - 1);
    replica.once('error', refused);
    replica.once('connect', () => {
      replica.off('error', refused);
      this.keep(replica);
      replica.once('close', () => client.destroy());
      client.once('close', () => replica.destroy());
      client.pipe(replica).pipe(client);
    });
  }

  private keep(socket: Socket): void {
    if (this.sockets.has(socket)) return;
    this.sockets.add(socket);
    // What breaks is closed, and the other side with it.
    socket.on('error', () => undefined);
    socket.once('close', () => this.sockets.delete(socket));
  }
}
