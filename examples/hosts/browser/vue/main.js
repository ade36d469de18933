import { createApp } from 'vue'
import { sessionPlugin } from 'identity-web/vue'
import App from './App.vue'
import '../style.css'

const initial = JSON.parse(document.querySelector('#session').textContent)

createApp(App).use(sessionPlugin({ initial })).mount('#app')
