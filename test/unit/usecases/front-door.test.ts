import { FrontDoor, type Stopwatch } from '../../../src/usecases/front-door';

/** Time that passes only while work waits; whoever is to be answered then is answered. */
class Virtual implements Stopwatch {
  private ms = 0;
  private readonly due: { readonly at: number; readonly then: () => void }[] = [];

  now = (): number => this.ms;

  async pass(ms: number): Promise<void> {
    this.ms += ms;
    for (const one of this.due.filter(({ at }) => at <= this.ms)) {
      this.due.splice(this.due.indexOf(one), 1);
      one.then();
    }
    for (let i = 0; i < 10; i += 1) await Promise.resolve();
  }

  /** Somebody who is answered after `ms`. */
  visit(door: FrontDoor, ms: number): Promise<void> {
    return door.whileWaiting(() => new Promise((then) => this.due.push({ at: this.ms + ms, then })));
  }
}

let time: Virtual;
let door: FrontDoor;
beforeEach(() => {
  time = new Virtual();
  door = new FrontDoor(time);
});

test('with nobody at the door work goes on at once', async () => {
  await door.calm();
  expect(time.now()).toBe(0);
});

test('work waits for the one who waits for an answer, and for the next who follows', async () => {
  void time.visit(door, 10).then(() => time.visit(door, 10));
  await door.calm();
  expect(time.now()).toBe(40);
});

test('in a rush that does not end, work goes on all the same', async () => {
  for (let i = 0; i < 100; i += 1) void time.visit(door, 10_000);
  await door.calm();
  expect(time.now()).toBe(86);
});

test('one who is refused waits no longer', async () => {
  await expect(door.whileWaiting(() => Promise.reject(new Error('the disk is full')))).rejects.toThrow('disk');
  await door.calm();
  expect(time.now()).toBe(20);
});
