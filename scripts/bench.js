/*
 * npm run bench: the measurements in tests/bench; `npm run bench -- collab --quick` for a short one.
 *
 * Any Node since 12.17 can read this file, so that one that is too old is told so in a sentence.
 */
import('./setup/node-version.js')
  .then(({ requireNode }) => requireNode())
  .then(() => import('./commands/bench.js'))
  .then(({ bench }) => bench(process.argv.slice(2)))
  .catch((error) => {
    console.error(error && error.name === 'SetupError' ? error.message : error)
    process.exit(1)
  })
