/** First in, first out, without moving what waits: an array's shift() costs as much as the array is long. */
export class Fifo<T> {
  private items: (T | undefined)[] = [];
  private head = 0;

  get size(): number {
    return this.items.length - this.head;
  }

  push(item: T): void {
    this.items.push(item);
  }

  peek(): T | undefined {
    return this.items[this.head];
  }

  shift(): T | undefined {
    const item = this.items[this.head];
    if (this.head < this.items.length) {
      this.items[this.head] = undefined;
      this.head += 1;
      if (this.head > 1024 && this.head * 2 > this.items.length) this.compact();
    }
    return item;
  }

  /** Takes out what does not pass; used when the clock moves, not per message. */
  keep(passes: (item: T) => boolean): void {
    this.items = this.items.slice(this.head).filter((item) => passes(item as T));
    this.head = 0;
  }

  private compact(): void {
    this.items = this.items.slice(this.head);
    this.head = 0;
  }
}
