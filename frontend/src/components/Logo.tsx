import styles from './Logo.module.css'

interface LogoProps {
  size?: number
  /** A host university may put its own mark here. */
  source?: string | null | undefined
}

/** The open door and its light on the square. Decorative: the name stands beside it, or on the link around it. */
export function Logo({ size = 34, source }: LogoProps) {
  if (source) return <img className={styles.logo} src={source} width={size} height={size} alt="" />
  return (
    <svg className={styles.logo} width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="var(--logo-bg)" />
      <path d="M11 20.5V13a5 5 0 0 1 10 0v7.5z" fill="var(--logo-door)" />
      <path d="M11 22h10l5.2 10H5.8z" fill="#FFC62B" />
    </svg>
  )
}
