import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed, pageTexts, withoutJsonSchema } from './scripts/vite-plugins.ts'

/** Builds the pages into dist/web, which the server sends (architecture.md, "Shape"). */
// oxlint-disable-next-line import/no-default-export -- Vite reads the default export
export default defineConfig({
  plugins: [pageTexts(), withoutJsonSchema(), react(), compressed()],
  publicDir: 'src/web/public',
  build: {
    outDir: 'dist/web',
    target: 'es2023',
    // The content policy allows fonts and scripts from our own host only, never `data:`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // A browser opens six connections: few files of a good size rather than many small ones.
        codeSplitting: {
          groups: [
            { name: 'base', tags: ['$initial'], test: /node_modules/ },
            { name: 'shell', tags: ['$initial'] },
            { name: 'icons', test: /tabler/, minShareCount: 3 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://localhost:3000' } },
})
