import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** What the driver looks for and lives without. */
const ABSENT = [
  'kerberos',
  '@mongodb-js/zstd',
  '@aws-sdk/credential-providers',
  'gcp-metadata',
  'snappy',
  'socks',
  'aws4',
  'mongodb-client-encryption',
  'bufferutil',
  'utf-8-validate',
]

/**
 * The sync server as one file, which starts in a fifth of a second where its sources take ten times
 * as long. The same code, but for one number: after how many rows the log is compacted is read from
 * `COMPACT_ROWS` in the environment, if it is there.
 *
 * @returns its path
 */
export async function bundleServer(folder: string): Promise<string> {
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await build({
    entryPoints: {
      'collab-process': join(ROOT, 'tests/fixtures/collab-process.ts'),
      'collab-thread': join(ROOT, 'server/collab/heavy-thread.ts'),
    },
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    external: ABSENT,
    plugins: [compactRowsFromEnvironment],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  })
  return join(folder, 'collab-process.js')
}

const compactRowsFromEnvironment: Plugin = {
  name: 'compact-rows',
  setup({ onLoad }) {
    onLoad({ filter: /server[\\/]collab[\\/]limits\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      const contents = source.replace(
        /export const COMPACT_ROWS = (\d+)/,
        'export const COMPACT_ROWS = Number(process.env.COMPACT_ROWS ?? $1)',
      )
      if (contents === source) throw new Error('COMPACT_ROWS is not where it was')
      return { contents, loader: 'ts' }
    })
  },
}
