/*
 * Guards a released defect of @tiptap/y-tiptap: after Enter at the end of a document and undo, the
 * binding resolves a position that lies outside the document and throws a RangeError; the shared
 * document is undone while the editor still shows the split. npm runs this file after an install.
 */
import { readFile, realpath, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGE = '@tiptap/y-tiptap'
const VERSION = '3.0.9'
const BUILDS = ['dist/y-tiptap.js', 'dist/y-tiptap.cjs']
const FUNCTION = 'const isMisresolvedAfterStructuralChange = '
const BEFORE = '  const $old = oldDoc.resolve(oldAbs);\n'
const GUARD =
  '  if (oldAbs < 0 || oldAbs > oldDoc.content.size || resolvedAbs > newDoc.content.size) return false; // twinward\n'

/**
 * Idempotent; both builds are changed or the command fails.
 *
 * @param {string} [root] the folder that holds `node_modules`
 * @throws Error if the package is another version or no longer reads as expected
 */
export async function patchPackages(root = dirname(dirname(fileURLToPath(import.meta.url)))) {
  const folder = join(root, 'node_modules', ...PACKAGE.split('/'))
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  if (version !== VERSION) {
    throw new Error(
      `${PACKAGE} is ${version} but the guard in scripts/patch-packages.js was written for ${VERSION}: ` +
        'see whether the release has the fix, then update or remove the guard and run the editor tests.',
    )
  }
  for (const build of BUILDS) await guard(join(folder, build))
}

/** @param {string} path */
async function guard(path) {
  const source = await readFile(path, 'utf8')
  if (source.includes(GUARD + BEFORE)) return
  const start = source.indexOf(FUNCTION)
  const at = start < 0 ? -1 : source.indexOf(BEFORE, start)
  const end = start < 0 ? -1 : source.indexOf('\n};\n', start)
  if (at < 0 || at > end) {
    throw new Error(`${path} does not read as expected, so its undo guard could not be put in.`)
  }
  // a rename, so that a running copy never reads half a file
  const draft = `${path}.${process.pid}`
  await writeFile(draft, source.slice(0, at) + GUARD + source.slice(at))
  await rename(draft, path)
}

const isMain =
  process.argv[1] !== undefined &&
  (await realpath(process.argv[1]).catch(() => '')) === fileURLToPath(import.meta.url)
if (isMain) {
  await patchPackages().catch((error) => {
    console.error(error.message)
    process.exit(1)
  })
}
