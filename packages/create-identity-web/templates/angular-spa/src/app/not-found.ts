import { Component } from '@angular/core'

@Component({ selector: 'app-not-found', template: '<h1>This page does not exist</h1>' })
export class NotFound {}
