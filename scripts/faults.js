/*
 * npm run faults -- --runs N --seed S [--only name]: the long run of tests/faults.
 *
 * Any Node since 12.17 can read this file, so that one that is too old is told so in a sentence.
 */
import('./setup/node-version.js')
  .then(({ requireNode }) => requireNode())
  .then(() => import('./commands/faults.js'))
  .then(({ faults }) => faults(process.argv.slice(2)))
  .catch((error) => {
    console.error(error && error.name === 'SetupError' ? error.message : error)
    process.exit(1)
  })
