/** Where the server is now. It comes and goes; who asks waits for it. */
export class Place {
  #address: string | null = null
  #waiting: ((address: string) => void)[] = []
  /** Milliseconds the server's clock is ahead of the machine's. */
  offset = 0

  /** The server listens here. */
  opened(address: string): void {
    this.#address = address
    for (const go of this.#waiting.splice(0)) go(address)
  }

  closed(): void {
    this.#address = null
  }

  /** Address of the server, once there is one. */
  address(): Promise<string> {
    if (this.#address !== null) return Promise.resolve(this.#address)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** What the server's clock shows now. */
  now(): number {
    return Date.now() + this.offset
  }
}
