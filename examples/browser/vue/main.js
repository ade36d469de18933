import { createApp, createSSRApp } from 'vue'
import { sessionPlugin } from 'identity-web/vue'
import App from './App.vue'
import '../style.css'

const initial = JSON.parse(document.querySelector('#session').textContent)
const element = document.querySelector('#app')

// A page that the server has rendered continues where the server stopped.
const create = element.hasChildNodes() ? createSSRApp : createApp

create(App).use(sessionPlugin({ initial })).mount(element)
