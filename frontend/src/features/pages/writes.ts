import { mergeUpdates } from 'yjs'

interface Piece {
  update: Uint8Array
  /** How many changes are in it. */
  changes: number
}

/** As many bytes as go together; the server takes a mebibyte. */
const TOGETHER = 900_000

/** What was written here and is not known to be kept by the server: gathered, sent under numbers, acknowledged. */
export class Writes {
  #gathered: Piece[] = []
  #sent: (Piece & { number: number })[] = []
  #number = 0

  add(update: Uint8Array, changes = 1) {
    this.#gathered.push({ update, changes })
  }

  /** How many changes the server is not known to have. */
  get count() {
    return [...this.#sent, ...this.#gathered].reduce((sum, { changes }) => sum + changes, 0)
  }

  /** All of them in one. */
  get all(): Uint8Array | undefined {
    const pieces = [...this.#sent, ...this.#gathered].map(({ update }) => update)
    return pieces.length > 1 ? mergeUpdates(pieces) : pieces[0]
  }

  /** What is sent next, in one piece as far as the server takes it. */
  take(): { number: number; update: Uint8Array } | undefined {
    let size = this.#gathered[0]?.update.length
    if (size === undefined) return undefined
    let many = 1
    for (const { update } of this.#gathered.slice(1)) {
      size += update.length
      if (size > TOGETHER) break
      many += 1
    }
    const pieces = this.#gathered.splice(0, many)
    const update = pieces.length > 1 ? mergeUpdates(pieces.map((one) => one.update)) : (pieces[0] as Piece).update
    this.#number += 1
    this.#sent.push({ number: this.#number, update, changes: pieces.reduce((sum, one) => sum + one.changes, 0) })
    return { number: this.#number, update }
  }

  /** All up to this number is durable. */
  acknowledge(number: number) {
    this.#sent = this.#sent.filter((one) => one.number > number)
  }

  /** On a new connection numbers begin anew, and what nobody acknowledged is sent again: applied twice, it is there once. */
  beginAnew() {
    this.#gathered = [...this.#sent, ...this.#gathered]
    this.#sent = []
    this.#number = 0
  }
}
