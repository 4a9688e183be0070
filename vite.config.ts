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

/**
 * Where the router's released code does not do for slow lines, by file: the text that must stand
 * there once, and what it becomes.
 */
const MENDED: [file: RegExp, was: string, is: string][] = [
  // Unable to fetch a page's code, it loads the address anew: the one that is being left, which forgets
  // what was pressed, also when it only looked ahead, and without a line it puts the browser's own page
  // in place of ours. Now the page that was asked for is loaded whole, for some browsers never ask again
  // for code that was lost once; without a line it is an error, which our error page tells of.
  [
    /@remix-run\/react\/dist\/esm\/routeModules\.js$/,
    '  } catch (error) {\n',
    `  } catch (error) {
    let answer = await fetch(route.module, { method: "HEAD", cache: "no-store" }).catch(() => null);
    let { location: to, formMethod } = window.__remixRouter?.state.navigation ?? {};
    if (!answer || answer.status >= 500 || !to || !/^(get)?$/i.test(formMethod ?? "")) throw error;
    window.location.assign(to.pathname + to.search + to.hash);
    return new Promise(() => {});
`,
  ],
  // One request lost on the way is asked again, where asking twice does no harm.
  [
    /@remix-run\/react\/dist\/esm\/routeModules\.js$/,
    'await import( /* webpackIgnore: true */route.module);\n',
    'await import(route.module).catch(() => import(route.module));\n',
  ],
  [
    /@remix-run\/react\/dist\/esm\/single-fetch\.js$/,
    '  let res = await fetch(url, init);\n',
    '  let res = await fetch(url, init).catch((lost) => {\n    if (init.signal?.aborted || (init.method ?? "GET") !== "GET") throw lost;\n    return fetch(url, init);\n  });\n',
  ],
  [
    /@remix-run\/react\/dist\/esm\/fog-of-war\.js$/,
    '    let res = await fetch(url, {\n      signal\n    });\n',
    '    let res = await fetch(url, { signal }).catch((lost) => {\n      if (signal?.aborted) throw lost;\n      return fetch(url, { signal });\n    });\n',
  ],
  // What could not be looked up is an error page of the frame that is known, not of "no such page".
  [
    /react-router\/dist\/index\.js$/,
    '  let matches = matchRoutes(routes, {\n    pathname: remainingPathname\n  });\n',
    '  let matches = dataRouterState?.errors ? dataRouterState.matches : matchRoutes(routes, { pathname: remainingPathname });\n',
  ],
  // The words of a page come with its code: a page that is shown has them, whatever the line does.
  [
    /@remix-run\/react\/dist\/esm\/routeModules\.js$/,
    '    routeModulesCache[route.id] = routeModule;\n',
    '    await window.wordsFor(routeModule.handle?.i18n ?? []);\n    routeModulesCache[route.id] = routeModule;\n',
  ],
  // A page whose data came and whose code did not is an error of that page, not an empty one: the
  // single fetch of data forgets what became of the code.
  [
    /@remix-run\/router\/dist\/router\.js$/,
    '    await Promise.all(loadRouteDefinitionsPromises);\n',
    '    await Promise.all(loadRouteDefinitionsPromises.map((code, i) => code?.catch((result) => {\n      results[matches[i].route.id] = { type: ResultType.error, result };\n    })));\n',
  ],
  // What is fetched before it is asked for, and does not come, is nobody's error.
  [
    /@remix-run\/react\/dist\/esm\/components\.js$/,
    'void getKeyedPrefetchLinks(matches, manifest, routeModules).then(',
    'void getKeyedPrefetchLinks(matches, manifest, routeModules).catch(() => []).then(',
  ],
  // A load that the next press has cut off while it was being read is nobody's error.
  [
    /@remix-run\/react\/dist\/esm\/single-fetch\.js$/,
    '    console.error(e);\n',
    '    if (init.signal?.aborted) throw e;\n    console.error(e);\n',
  ],
  [
    /@remix-run\/react\/dist\/esm\/single-fetch\.js$/,
    '    let decoded = await decodeViaTurboStream(res.body, window);\n',
    '    let decoded = await decodeViaTurboStream(res.body, window);\n    decoded.done.catch(() => {});\n',
  ],
  [
    /turbo-stream\/dist\/turbo-stream\.mjs$/,
    '  const done = new Deferred();\n',
    '  const done = new Deferred();\n  done.promise.catch(() => {});\n',
  ],
]

function mendRouter(): Plugin {
  return {
    name: 'mend-router',
    apply: 'build',
    transform(code, id) {
      const mends = MENDED.filter(([file]) => file.test(id))
      for (const [, was, is] of mends) {
        if (code.split(was).length !== 2) this.error(`${id} does not read as expected`)
        code = code.replace(was, is)
      }
      return mends.length > 0 ? { code, map: null } : null
    },
  }
}

export default defineConfig({
  plugins: [
    mendRouter(),
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
    // what the styles need is newer: private fields need no helpers
    target: 'es2022',
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
