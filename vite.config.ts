import { fileURLToPath } from 'node:url'
import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import remixConfig from './remix.config.js'

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  plugins: [
    tailwindcss(),
    remix({
      ...remixConfig,
      // each build has a directory of its own, so that building never disturbs a running copy
      buildDirectory: process.env.TWINWARD_BUILD_DIR ?? 'build/dev',
    }),
  ],
  resolve: {
    // two copies of Yjs break the document quietly (yjs#438)
    dedupe: ['yjs', 'lib0', 'y-protocols', 'react', 'react-dom', '@tiptap/pm', '@tiptap/core'],
  },
  server: {
    watch: { ignored: [at('./.data/**'), at('./build/**'), at('./.cache/**')] },
  },
  build: { target: 'es2020', assetsInlineLimit: 0, cssMinify: true },
})
