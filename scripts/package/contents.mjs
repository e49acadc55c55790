/** Files and folders that go in as they are; the others are compiled or collected. */
export const asTheyAre = [
  ['designer/dist', 'designer/dist'],
  ['runtime/migrations', 'runtime/migrations'],
  // Where commands look for it, and where an outsider does.
  ['runtime/verifier', 'runtime/verifier'],
  ['runtime/verifier', 'verifier'],
  ['runtime/deploy/bihuan.sh', 'bihuan'],
  ...['bihuan.service', 'bihuan-backup.service', 'bihuan-backup.timer'].map((name) => [
    `runtime/deploy/${name}`,
    `deploy/${name}`,
  ]),
  ['runtime/deploy/bihuan.env', 'deploy/bihuan.env'],
  ['runtime/deploy/INSTALL.md', 'README.md'],
  ...['operating', 'trail', 'connectors', 'process-package', 'rest'].map((name) => [
    `docs/${name}.md`,
    `docs/${name}.md`,
  ]),
  ['LICENSE', 'LICENSE'],
  ['NOTICE', 'NOTICE'],
]
