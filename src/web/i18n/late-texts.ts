import { loadLateTexts } from './catalogue.ts'

// Whoever imports this module runs once the second file of texts is there. scripts/vite-plugins.ts puts the
// import into each page module of the features whose texts are in it.
await loadLateTexts()
