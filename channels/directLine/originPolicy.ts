const loopbackNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Which web pages may use this server. Requests without an `Origin` do not come from a page and are judged
 * by their token alone. There is no wildcard.
 */
export class OriginPolicy {
  private readonly allowed: ReadonlySet<string>;

  /**
   * @param publicUrl where this server is reached, any of http, https, ws, wss; read on every use
   * @param allowedOrigins further origins, such as https://help.example.com; '*' is not one and matches nothing
   */
  constructor(
    private readonly publicUrl: () => string,
    allowedOrigins: readonly string[],
  ) {
    this.allowed = new Set(allowedOrigins.map(asOrigin).filter((origin) => origin !== undefined));
  }

  /** Whether a page of this origin is our own or one that the settings allow. */
  allows(origin: string): boolean {
    const normal = asOrigin(origin);
    return normal !== undefined && (this.isOwn(normal) || this.allowed.has(normal));
  }

  /**
   * Whether a request with this `Origin` header may use a token.
   * @param tokenOrigins the `trustedOrigins` that the token was made for; they replace the settings
   */
  allowsWithToken(origin: string | undefined, tokenOrigins: readonly string[] | undefined): boolean {
    if (origin === undefined) return true;
    if (tokenOrigins === undefined) return this.allows(origin);
    const normal = asOrigin(origin);
    return normal !== undefined && tokenOrigins.includes(normal);
  }

  /**
   * Base of WebSocket addresses, without a slash at the end. A page that reached a loopback server under
   * another of its names (localhost for 127.0.0.1) stays on that name, or its content policy would block the socket.
   */
  streamBase(hostHeader: string | undefined): string {
    const url = httpUrl(this.publicUrl());
    const scheme = url.protocol === 'https:' ? 'wss' : 'ws';
    const path = url.pathname.replace(/\/+$/, '');
    const own = hostHeader !== undefined && this.isOwn(`${url.protocol}//${hostHeader}`);
    return `${scheme}://${own ? hostHeader : url.host}${path}`;
  }

  private isOwn(origin: string): boolean {
    const own = httpUrl(this.publicUrl());
    const other = URL.canParse(origin) ? new URL(origin) : undefined;
    if (other === undefined || other.protocol !== own.protocol) return false;
    if (other.host === own.host) return true;
    return other.port === own.port && loopbackNames.has(own.hostname) && loopbackNames.has(other.hostname);
  }
}

/** The normal form of a web origin: scheme and host in lower case, no default port. undefined when it is none. */
export function asOrigin(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  return bare ? url.origin : undefined;
}

function httpUrl(url: string): URL {
  return new URL(url.replace(/^ws/i, 'http'));
}
