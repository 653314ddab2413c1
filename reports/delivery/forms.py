"""The form of a message that goes once more: it cleans what was typed and saves nothing."""

from django import forms

from rcro_portal.lib import post


class AddressForm(forms.Form):
    """The address to which a message goes once more; nothing means the same one."""

    email = forms.CharField(label="Адрес", required=False, max_length=254)

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        return post.normal_address(email) if email.strip() else ""
