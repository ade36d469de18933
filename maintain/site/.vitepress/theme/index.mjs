import DefaultTheme from 'vitepress/theme-without-fonts'
import '../../.pages/site.css'
import './style.css'
import './search.css'
import ChoiceTabs from './ChoiceTabs.vue'
import Layout from './Layout.vue'

export default {
  extends: DefaultTheme,
  Layout,
  enhanceApp({ app }) {
    app.component('ChoiceTabs', ChoiceTabs)
  },
}
