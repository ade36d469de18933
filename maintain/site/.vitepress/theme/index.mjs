import DefaultTheme from 'vitepress/theme-without-fonts'
import '../../.pages/tabs.css'
import './style.css'
import './search.css'
import FrameworkTabs from './FrameworkTabs.vue'
import Layout from './Layout.vue'

export default {
  extends: DefaultTheme,
  Layout,
  enhanceApp({ app }) {
    app.component('FrameworkTabs', FrameworkTabs)
  },
}
