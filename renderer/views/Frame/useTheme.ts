import { useEffect } from 'react';
import { useView } from '../../store/store';

/** Sets the theme in force: what the person chose, else what the system asks for. */
export function useTheme(): void {
  const wanted = useView((v) => v.settings.theme);
  useEffect(() => {
    const contrast = matchMedia('(prefers-contrast: more)');
    const light = matchMedia('(prefers-color-scheme: light)');
    const follow = () => {
      const system = contrast.matches ? 'hc' : light.matches ? 'light' : 'dark';
      document.documentElement.dataset['theme'] = wanted === 'system' ? system : wanted;
    };
    follow();
    for (const query of [contrast, light]) query.addEventListener('change', follow);
    return () => {
      for (const query of [contrast, light]) query.removeEventListener('change', follow);
    };
  }, [wanted]);
}
