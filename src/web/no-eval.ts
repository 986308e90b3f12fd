// zod tries `new Function` once to see whether it may compile its parsers. The content policy refuses it, which
// is right, and reports it, which would drown a real report: told beforehand, zod never tries. Its settings
// live on the global object, so that this works before the first schema is made and without loading zod here.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
