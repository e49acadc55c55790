import { run } from '../ready.mjs'

/**
 * Packs a folder; gives where the archive is. The same files give the same list, whoever packs them and with whatever
 * umask: all may read them and their owner alone may write, or a server that runs as a user of its own could not enter
 * the folder it lies in.
 */
export function pack(folder, archive) {
  const sameForAll = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mode=u+rwX,go+rX,go-w']
  run('tar', [...sameForAll, '-czf', archive, '-C', folder, '.'])
  return archive
}
