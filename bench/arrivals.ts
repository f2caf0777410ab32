/** A queue with one reader: what arrives before it is asked for waits. */
export class Arrivals<T> {
  private readonly queue: T[] = [];
  private reader: { resolve(item: T): void; reject(error: Error): void } | undefined;
  private failure: Error | undefined;

  push(item: T): void {
    const { reader } = this;
    if (reader === undefined) {
      this.queue.push(item);
      return;
    }
    this.reader = undefined;
    reader.resolve(item);
  }

  /** Nothing will arrive any more: this and every later `next()` rejects. */
  fail(error: Error): void {
    this.failure = error;
    this.reader?.reject(error);
    this.reader = undefined;
  }

  next(): Promise<T> {
    const item = this.queue.shift();
    if (item !== undefined) return Promise.resolve(item);
    if (this.failure !== undefined) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => {
      this.reader = { resolve, reject };
    });
  }
}
