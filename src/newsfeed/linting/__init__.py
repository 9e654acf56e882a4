"""The rules that outputs and anyone's feeds are read by: we distrust what we wrote."""
