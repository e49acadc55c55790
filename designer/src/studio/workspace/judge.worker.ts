import { judgePackage } from '@bihuan/engine'
import type { JudgeAnswer, JudgeQuestion } from './judge-messages.ts'

/** Judges a package beside the page, with the very function that deploying uses. */
addEventListener('message', async (event: MessageEvent<JudgeQuestion>) => {
  const { turn, files, known } = event.data
  const answer: JudgeAnswer = await judgePackage(files, known).then(
    ({ problems }) => ({ turn, problems }),
    () => ({ turn, problems: null }),
  )
  postMessage(answer)
})
