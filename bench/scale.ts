/** How much data a database of the bench holds. */
export type Scale = {
  /** Name of the database in the bench's cluster. */
  database: string
  agencies: number
  clients: number
  /** Clients of the first agency, which has 200 members in five levels; the others share the rest. */
  biggest: number
  /** Clients of the second agency. */
  second: number
}

/** What one run measures on. */
export type Plan = {
  quick: boolean
  /** The main database, and the same at a tenth and a hundredth for the growth table. */
  main: Scale
  tenth: Scale
  hundredth: Scale
  /** Rows of the imported file. */
  importRows: number
  /** Seconds of one measure, warm-up not counted. */
  seconds: number
}

/** The full plan: a million clients in a thousand agencies; `--quick` is a tenth of it, for trying. */
export function planOf(options: {
  quick: boolean
  full: boolean
  importRows?: string | undefined
  seconds?: string | undefined
}): Plan {
  const n = options.quick ? 10 : 1
  return {
    quick: options.quick,
    main: {
      database: 'canopee',
      agencies: 1_000 / n,
      clients: 1_000_000 / n,
      biggest: 100_000 / n,
      second: 10_000 / n,
    },
    tenth: {
      database: 'canopee_tenth',
      agencies: 100 / n,
      clients: 100_000 / n,
      biggest: 1_000,
      second: 1_000,
    },
    hundredth: {
      database: 'canopee_hundredth',
      agencies: Math.max(2, 10 / n),
      clients: Math.max(2_000, 10_000 / n),
      biggest: 1_000,
      second: 1_000,
    },
    importRows: Number(options.importRows ?? (options.full ? 1_000_000 : 100_000 / n)),
    seconds: Number(options.seconds ?? (options.quick ? 4 : 8)),
  }
}

/** Clients of each agency of a scale, the biggest first. */
export function agencySizes(scale: Scale): number[] {
  const others = scale.agencies - 2
  const rest = scale.clients - scale.biggest - scale.second
  return [
    scale.biggest,
    scale.second,
    ...Array.from({ length: others }, (_, i) => Math.floor(rest / others) + (i < rest % others ? 1 : 0)),
  ]
}
