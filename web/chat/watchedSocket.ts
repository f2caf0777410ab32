/** What happens to the sockets of a Direct Line client. */
export interface SocketWatch {
  readonly opened: () => void;
  readonly closed: () => void;
}

/**
 * Tells when a Direct Line client loses its socket and when it has one again. The client itself says neither:
 * it keeps calling itself online while it waits 3 to 15 seconds for its next try (0.15.5, `webSocketActivity$`).
 * It takes its WebSocket from a private table, which its own tests replace too.
 */
export function watchSockets(directLine: object, watch: SocketWatch): void {
  const services: unknown = Reflect.get(directLine, 'services');
  if (typeof services !== 'object' || services === null) return;
  class WatchedSocket extends WebSocket {
    constructor(url: string | URL) {
      super(url);
      this.addEventListener('open', () => watch.opened());
      this.addEventListener('close', () => watch.closed());
      // A socket does not notice that the network has gone, for minutes.
      const leave = () => this.close();
      window.addEventListener('offline', leave);
      this.addEventListener('close', () => window.removeEventListener('offline', leave));
    }
  }
  Reflect.set(services, 'WebSocket', WatchedSocket);
}
