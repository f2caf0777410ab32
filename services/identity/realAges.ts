import type { Clock } from '../clock';

/**
 * How old the challenges and sessions of this process really are. The wall clock may be set back while a code is
 * under way; time since the process started cannot. What another process made, or this one before a restart, is
 * judged by the wall clock alone.
 */
export class RealAges {
  private readonly begunAtMs = new Map<string, number>();

  /** @param capacity how many are remembered; the oldest, long expired, are forgotten first */
  constructor(
    private readonly clock: Clock,
    private readonly capacity = 20_000,
  ) {}

  /** @param id a challenge's or session's own; beginning again changes nothing, because a turn may run twice */
  begin(id: string): void {
    if (this.begunAtMs.has(id)) return;
    this.begunAtMs.set(id, this.steadyMs());
    if (this.begunAtMs.size <= this.capacity) return;
    for (const oldest of this.begunAtMs.keys()) {
      this.begunAtMs.delete(oldest);
      return;
    }
  }

  /** Milliseconds since `begin`, whatever happened to the wall clock; 0 when this process did not see it begin. */
  ageOf(id: string): number {
    const nowMs = this.steadyMs();
    return nowMs - (this.begunAtMs.get(id) ?? nowMs);
  }

  private steadyMs(): number {
    return this.clock.sinceStart?.() ?? this.clock.now();
  }
}
