/** Messages that every page needs in a language, made by scripts/vite-plugins.ts. */
declare module 'virtual:texts/*' {
  import type { CompiledMessage } from '@lingui/message-utils/compileMessage'

  /** Compiled messages by key. */
  export const texts: Record<string, CompiledMessage>
}

/** Messages of later pages in a language. */
declare module 'virtual:texts-late/*' {
  import type { CompiledMessage } from '@lingui/message-utils/compileMessage'

  /** Compiled messages by key. */
  export const texts: Record<string, CompiledMessage>
}
