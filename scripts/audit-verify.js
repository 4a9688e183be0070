/*
 * npm run audit:verify [-- --head SEQ:HASH] [-- --file record.json]: is the record what it was?
 *
 * Any Node since 12.17 can read this file, so that one that is too old is told so in a sentence.
 */
import('./setup/node-version.js')
  .then(({ requireNode }) => requireNode())
  .then(() => import('./commands/audit-verify.js'))
  .then(({ auditVerify }) => auditVerify(process.argv.slice(2)))
  .catch((error) => {
    console.error(error && error.name === 'SetupError' ? error.message : error)
    process.exit(1)
  })
