/**
 * Whether a host name can only be reached from this machine: 127.0.0.0/8, ::1 or `localhost`.
 * @param host as in a URL or a HOST setting; IPv6 with or without brackets
 */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase();
  if (name === 'localhost' || name === '::1' || name === '[::1]') return true;
  const octets = name.split('.');
  const isIpv4 =
    octets.length === 4 && octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) <= 255);
  return isIpv4 && Number(octets[0]) === 127;
}
