import { fileURLToPath } from 'node:url'
import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig, type Plugin } from 'vite'
import remixConfig from './remix.config.js'

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Where the router, unable to fetch a page's code, takes it for outdated and loads the address anew. */
const FAILED = '  } catch (error) {\n'
const UNLESS_AWAY =
  '    if (!(await fetch(route.module, { method: "HEAD" }).then(() => true, () => false))) throw error;\n'

/**
 * Without a line that would put the browser's own page in place of ours: then it is an error of the
 * navigation, which our error page tells of.
 */
function keepPageWithoutLine(): Plugin {
  return {
    name: 'keep-page-without-line',
    apply: 'build',
    transform(code, id) {
      if (!/@remix-run\/react\/dist\/esm\/routeModules\.js$/.test(id)) return null
      if (code.split(FAILED).length !== 2) this.error(`${id} does not read as expected`)
      return { code: code.replace(FAILED, FAILED + UNLESS_AWAY), map: null }
    },
  }
}

export default defineConfig({
  plugins: [
    keepPageWithoutLine(),
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
  build: {
    target: 'es2020',
    assetsInlineLimit: 0,
    cssMinify: true,
    // 3 to 5 in a hundred smaller than esbuild's, which slow lines pay for at every first visit
    minify: 'terser',
    terserOptions: {
      module: true,
      ecma: 2020,
      compress: { passes: 2 },
      format: { comments: false },
    },
  },
})
