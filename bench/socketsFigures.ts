/** Bytes as MiB, one decimal. */
export function mib(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}

/** Bytes as KiB, one decimal. */
export function kib(bytes: number): string {
  return (bytes / 1024).toFixed(1);
}
