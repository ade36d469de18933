import { mount } from 'svelte'
import App from './App.svelte'
import '../style.css'

const initial = JSON.parse(document.querySelector('#session').textContent)

mount(App, { target: document.querySelector('#app'), props: { initial } })
