import { fillProvider, providerCode, providerIdentity, readProvider, type Provider, type ProviderCells } from './provider.js'

/** Rows are told apart by what they say in so many different ways; a file with more is read a little slower. */
const rememberedAtMost = 200_000

/** The providers that rows bring along, in the order in which they are first named. */
export class ProviderList {
  readonly #providers: Provider[] = []
  readonly #byCode = new Map<string, number>()
  /** Rows that say the same of their provider, in the same letters. */
  readonly #byCells = new Map<string, number>()

  get count(): number {
    return this.#providers.length
  }

  /** The place of the provider that a row describes. A later row fills what an earlier one left empty. */
  placeOf(cells: ProviderCells): number {
    const key = JSON.stringify([cells.provider_name, cells.address1, cells.address2, cells.city, cells.county, cells.state_code, cells.zip, cells.position])
    const known = this.#byCells.get(key)
    if (known !== undefined) return known
    const place = this.#read(cells)
    if (this.#byCells.size >= rememberedAtMost) this.#byCells.clear()
    this.#byCells.set(key, place)
    return place
  }

  list(): Provider[] {
    return this.#providers
  }

  #read(cells: ProviderCells): number {
    const code = providerCode(providerIdentity(cells.provider_name, cells.address1, cells.zip))
    const provider = readProvider(cells, code)
    const place = this.#byCode.get(code)
    if (place !== undefined) {
      this.#providers[place] = fillProvider(this.#providers[place]!, provider)
      return place
    }
    this.#byCode.set(code, this.#providers.length)
    return this.#providers.push(provider) - 1
  }
}
