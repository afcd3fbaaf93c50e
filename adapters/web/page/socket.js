// The line to the bot. It mends itself, and what was asked while it was broken is asked again under the same name.

import { hex } from "./dom.js";

const WAITS = [300, 1000, 2000, 5000];
const LEFT = 1001, REFUSED = 1008;

export class Line {
  constructor(onFrame, onState) {
    this.onFrame = onFrame;
    this.onState = onState;
    this.waiting = new Map();
    this.asked = new Map();
    this.count = 0;
    this.tries = 0;
    this.seat = null;
    this.seated = false;
    addEventListener("online", () => this.open());
  }

  sit(seat) {
    this.seat = seat;
    if (this.socket?.readyState === WebSocket.OPEN) this.put({ do: "sit", ...seat });
    else this.open();
  }

  open() {
    if (this.socket && this.socket.readyState <= WebSocket.OPEN) return;
    clearTimeout(this.timer);
    this.opened = false;
    this.socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/socket`);
    this.socket.onopen = () => this.begin();
    this.socket.onmessage = (event) => this.take(JSON.parse(event.data));
    this.socket.onclose = (event) => this.lost(event);
  }

  begin() {
    this.opened = true;
    this.put({ do: "sit", ...this.seat });
  }

  // Whoever has no seat yet is heard by nobody, so what waits goes out after the greeting.
  greeted() {
    this.tries = 0;
    this.onState("");
    if (this.seated) return;
    this.seated = true;
    for (const frame of this.waiting.values()) this.put(frame);
  }

  lost(event) {
    this.seated = false;
    for (const resolve of this.asked.values()) resolve(null);
    this.asked.clear();
    if (event.code === REFUSED) this.giveUp();
    this.wasStopped = event.code === LEFT || (this.wasStopped && !this.opened);
    this.onState(this.wasStopped ? "Stepwise was stopped. I look whether it comes back …" : "Not connected. Trying again …");
    if (!this.opened) this.mayComeIn();
    this.timer = setTimeout(() => this.open(), WAITS[Math.min(this.tries++, WAITS.length - 1)]);
  }

  // What was refused would be refused again, so it is not asked again.
  giveUp() {
    for (const n of this.waiting.keys()) this.onFrame({ about: "sorry", n });
    this.waiting.clear();
  }

  // The password may have changed; then the page that asks for it comes.
  async mayComeIn() {
    const answer = await fetch("/page/socket.js", { method: "HEAD" }).catch(() => null);
    if (answer?.status === 401) location.assign("/login");
  }

  put(frame) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  // Ask for something that must arrive: it is kept until it is answered.
  call(frame) {
    const n = ++this.count;
    const whole = { ...frame, n, id: hex() };
    this.waiting.set(n, whole);
    if (this.seated) this.put(whole);
    return n;
  }

  // Ask for something that nobody misses when the line breaks: then there is no answer.
  ask(frame) {
    if (!this.seated) return Promise.resolve(null);
    const n = ++this.count;
    this.put({ ...frame, n });
    return new Promise((resolve) => this.asked.set(n, resolve));
  }

  take(frame) {
    if (frame.n && this.asked.has(frame.n)) {
      this.asked.get(frame.n)(frame);
      this.asked.delete(frame.n);
      return;
    }
    if (["done", "form", "busy", "sorry", "gone"].includes(frame.about)) this.waiting.delete(frame.n);
    this.onFrame(frame);
    if (frame.about === "hello") this.greeted();
  }
}
