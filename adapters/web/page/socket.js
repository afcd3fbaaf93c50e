// The line to the bot. It mends itself, and what was asked while it was broken is asked again under the same name.

import { hex } from "./dom.js";

const WAITS = [300, 1000, 2000, 5000];

export class Line {
  constructor(onFrame, onState) {
    this.onFrame = onFrame;
    this.onState = onState;
    this.waiting = new Map();
    this.asked = new Map();
    this.count = 0;
    this.tries = 0;
    this.seat = null;
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
    this.socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/socket`);
    this.socket.onopen = () => this.begin();
    this.socket.onmessage = (event) => this.take(JSON.parse(event.data));
    this.socket.onclose = (event) => this.lost(event);
  }

  begin() {
    this.tries = 0;
    this.put({ do: "sit", ...this.seat });
    for (const frame of this.waiting.values()) this.put(frame);
    this.onState("");
  }

  lost(event) {
    this.onState(event.code === 1001 ? "Stepwise was stopped. I look whether it comes back …" : "Not connected. Trying again …");
    this.timer = setTimeout(() => this.open(), WAITS[Math.min(this.tries++, WAITS.length - 1)]);
  }

  put(frame) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  // Ask for something that must arrive: it is kept until it is answered.
  call(frame) {
    const n = ++this.count;
    const whole = { ...frame, n, id: hex() };
    this.waiting.set(n, whole);
    this.put(whole);
    return n;
  }

  // Ask for something that nobody misses when the line breaks.
  ask(frame) {
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
    if (["done", "form", "busy", "sorry"].includes(frame.about)) this.waiting.delete(frame.n);
    this.onFrame(frame);
  }
}
