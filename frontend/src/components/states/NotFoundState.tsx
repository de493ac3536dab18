import { IconMapQuestion } from '@tabler/icons-react'
import { useText } from '@/lib/i18n'
import { texts } from '../texts'
import { Sign, type StateProps, StateSlab } from './StateSlab'

/** The same words whether the thing is absent or private, so that its existence is not told. */
export function NotFoundState({ title, children, ...rest }: Partial<StateProps>) {
  const t = useText(texts)
  return (
    <StateSlab sign={<Sign as={IconMapQuestion} />} title={title ?? t('notFoundTitle')} {...rest}>
      {children ?? t('notFoundText')}
    </StateSlab>
  )
}
