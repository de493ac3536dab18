"""The home feed: what was said where a member is, once each, with the reason why it is shown.

It is merged when it is read, over the member's own communities, and looks at no more of a community than the page
needs: nothing is written for readers, and the age of the network costs nothing. It refuses to show what `visible_to`
does not.
"""
