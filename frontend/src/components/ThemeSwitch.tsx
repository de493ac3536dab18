import { IconBrightnessHalf } from '@tabler/icons-react'
import { useText } from '@/lib/i18n'
import { setTheme, type Theme, themes, useShownTheme, useTheme } from '@/lib/theme'
import { IconButton } from './buttons/IconButton'
import { ChoiceGroup } from './forms/ChoiceGroup'
import { texts } from './texts'

interface ThemeChoiceProps {
  /** Lets a member's choice be kept by the server. */
  onChange?: (theme: Theme) => void
}

/** One button: to the other theme. */
export function ThemeToggle({ onChange = setTheme, className }: ThemeChoiceProps & { className?: string | undefined }) {
  const t = useText(texts)
  const shown = useShownTheme()
  return (
    <IconButton
      icon={IconBrightnessHalf}
      label={shown === 'dark' ? t('toLight') : t('toDark')}
      onClick={() => onChange(shown === 'dark' ? 'light' : 'dark')}
      className={className}
    />
  )
}

/** All three choices, for settings. */
export function ThemeSwitch({ onChange = setTheme }: ThemeChoiceProps) {
  const t = useText(texts)
  const names = { system: t('themeSystem'), light: t('themeLight'), dark: t('themeDark') }
  return (
    <ChoiceGroup
      legend={t('theme')}
      options={themes.map((value) => ({ value, label: names[value] }))}
      value={useTheme()}
      onChange={onChange}
    />
  )
}
