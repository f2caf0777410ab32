import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv4, type Socket, SocketAddress } from 'node:net';
import { addressKey } from './directLine/tokenBucket';

/**
 * Where requests come from: the peer, or, behind proxies of our own, who they say they speak for. Only those are
 * believed; anybody else could write any address into X-Forwarded-For.
 */
export class ClientAddresses {
  private readonly proxies = new BlockList();
  private readonly loopback = new BlockList();
  /** Asked again for every request of a connection. */
  private readonly peers = new WeakMap<Socket, Peer>();

  /** @param trustedProxies addresses and networks (CIDR), as `isNetwork` takes them */
  constructor(trustedProxies: readonly string[]) {
    for (const network of trustedProxies) {
      const [address = '', prefix] = network.split('/');
      this.proxies.addSubnet(address, Number(prefix ?? (isIPv4(address) ? 32 : 128)), family(address));
    }
    this.loopback.addSubnet('127.0.0.0', 8, 'ipv4');
    this.loopback.addAddress('::1', 'ipv6');
  }

  /** The network of whoever sent the request: an IPv4 address, or an IPv6 /64. */
  networkOf(req: IncomingMessage): string {
    return addressKey(this.senderOf(req));
  }

  /**
   * The customer's own network; undefined when all that is known is this machine. That is a developer, or a proxy
   * that TRUSTED_PROXIES does not name: everybody would share its limits.
   */
  customerNetworkOf(req: IncomingMessage): string | undefined {
    const peer = this.peerOf(req.socket);
    if (!peer.isProxy) return peer.customerNetwork;
    return this.customerNetwork(this.senderOf(req));
  }

  /** The last address that one of our proxies did not have itself. Each proxy adds the one it heard, at the end. */
  private senderOf(req: IncomingMessage): string {
    const peer = this.peerOf(req.socket);
    let sender = peer.address;
    if (!peer.isProxy) return sender;
    const hops = String(req.headers['x-forwarded-for'] ?? '').split(',');
    while (hops.length > 0 && sender !== '' && this.proxies.check(sender, family(sender))) {
      const before = plainAddress(hops.pop() ?? '');
      if (before === undefined) return sender;
      sender = before;
    }
    return sender;
  }

  private customerNetwork(address: string): string | undefined {
    const known = address !== '' && !this.loopback.check(address, family(address));
    return known ? addressKey(address) : undefined;
  }

  private peerOf(socket: Socket): Peer {
    const known = this.peers.get(socket);
    if (known !== undefined) return known;
    const address = plainAddress(socket.remoteAddress ?? '') ?? '';
    const isProxy = address !== '' && this.proxies.check(address, family(address));
    const peer = { address, isProxy, customerNetwork: this.customerNetwork(address) };
    // A socket that is gone has no address any more, and one that is about to connect has none yet.
    if (address !== '') this.peers.set(socket, peer);
    return peer;
  }
}

/** Who is at the other end of a connection. */
interface Peer {
  readonly address: string;
  readonly isProxy: boolean;
  readonly customerNetwork: string | undefined;
}

/** Whether a text is an IP address, or one with the length of a network's prefix: 10.0.0.0/8, 2001:db8::/32. */
export function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  if (isIP(address) === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (isIPv4(address) ? 32 : 128));
}

/** One spelling for each address, without port, zone and IPv4 in IPv6's clothes. */
function plainAddress(text: string): string | undefined {
  const bare = text.trim().replace(/^\[(.*)\](?::\d+)?$/, '$1');
  const address = bare.replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1').replace(/%.*$/, '');
  if (isIP(address) === 0) return undefined;
  const canonical = new SocketAddress({ address, family: family(address) }).address;
  return canonical.replace(/^::ffff:(?=\d+\.)/i, '');
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIPv4(address) ? 'ipv4' : 'ipv6';
}
